"""What an article is about, where that alone says that it tells of no political events."""

from functools import cache

from kawat.lang import Pack
from kawat.model import Parse

SHARE = 0.025
"""Topic words per word from which an article is about that topic; measured on own articles."""
FEWEST = 4
APOLITICAL = ("sport", "show")
POLITICAL = "politics"


@cache
def _topic_of_word(pack: Pack) -> dict[str, str]:
    topics = pack.grammar["topics"]
    return {word: topic for topic in (*APOLITICAL, POLITICAL) for word in topics[topic]}


def find_topic(parse: Parse, pack: Pack) -> str:
    """Return `sport` or `show` when the article's words say so, else "".

    A quarrel of states about a match has as many words of politics: it is no sport.
    """
    topic_of = _topic_of_word(pack)
    counts = dict.fromkeys((*APOLITICAL, POLITICAL), 0)
    total = 0
    for sentence in parse.sentences:
        total += len(sentence.words)
        for word in sentence.words:
            topic = topic_of.get(word.lower)
            if topic:
                counts[topic] += 1
    politics = counts.pop(POLITICAL)
    topic, count = max(counts.items(), key=lambda item: item[1])
    return topic if count >= max(FEWEST, politics + 1) and count > SHARE * total else ""
