// Is the desk paper or night? Paper by day and by night: night belongs to what is live. In the head, before anything is drawn.
{
  const looks = document.documentElement.classList;
  looks.remove("w-theme-system", "w-theme-dark");
  looks.add("w-theme-light");
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", "light");
}
