"""kawat in a spaCy pipeline: `nlp.add_pipe("kawat")` fills `doc._.reports` and `doc._.statements`.

Words, sentences and trees are kawat's own, so the component stands in any pipeline, also an empty
one (`spacy.blank("id")`), and needs no other component. Spans are offsets into `doc.text`:
`doc.char_span(*report.event.trigger.span)`.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kawat.errors import InputError
from kawat.lang import languages
from kawat.model import Article
from kawat.read import read_text
from kawat.run import Coded, code_batches

FIELDS = ("published", "publisher", "title")
"""Extensions of a Doc that tell kawat of its article; `published` is a date (ISO, EDTF)."""
for _name in FIELDS:
    Doc.set_extension(_name, default="", force=True)
for _name in ("reports", "statements"):
    Doc.set_extension(_name, default=(), force=True)


class KawatComponent:
    """Codes the text of a Doc; raises LanguageError for one in a language without a pack."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """Fill the extensions of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:  # noqa: ARG002
        """Fill the extensions of a stream of Docs; batches are kawat's own."""
        waiting: list[Doc] = []

        def articles() -> Iterator[Article]:
            for doc in stream:
                waiting.append(doc)
                yield self._article(doc)

        for item in code_batches(articles()):
            doc = waiting.pop(0)
            if isinstance(item, InputError):
                raise item
            if isinstance(item, Coded):
                doc._.reports, doc._.statements = item.reports, item.statements
            yield doc

    def _article(self, doc: Doc) -> Article:
        given = {name: getattr(doc._, name) for name in FIELDS}
        return read_text(doc.text, language=self.language, **given)


@Language.factory("kawat", default_config={"language": ""})
def make_component(nlp: Language, name: str, language: str) -> KawatComponent:  # noqa: ARG001
    """Return the component; the language is the pipeline's if kawat has it, else detected."""
    own = nlp.lang if nlp.lang in languages() else ""
    return KawatComponent(language or own)
