"""Pages of proposals and of the talk under them: request in, page out."""
