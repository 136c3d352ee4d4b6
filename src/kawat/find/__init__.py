"""The find room: actors, times, places and the publication date."""

from kawat.find.actors import find_actors
from kawat.find.places import find_places
from kawat.find.published import infer_published
from kawat.find.times import find_times

__all__ = ["find_actors", "find_places", "find_times", "infer_published"]
