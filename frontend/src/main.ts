// What runs on every page? Nothing that a page needs to be complete.
import "./styles/main.css";
import "./ballot";
import "./gauge";
import "./live";
import "./passkey";
import "./textsize";
