"""From values to text for people; everything here is pure."""
