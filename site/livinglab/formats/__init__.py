"""How are days written where a language has more than one way?"""
