"""Sessions: two people of a pairing plan when they meet, and say afterwards whether they did."""
