"""How does somebody sign in, prove once more who they are, and see where they are signed in?"""
