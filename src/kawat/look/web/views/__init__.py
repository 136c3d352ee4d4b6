"""The views, a router each."""

from kawat.look.web.views import (
    account,
    api,
    article,
    assets,
    event,
    network,
    paste,
    relation,
    review,
    search,
    source,
    today,
)

ROUTERS = (
    today.router, paste.router, article.router, event.router, relation.router, network.router,
    source.router, search.router, review.router, account.router, assets.router, api.router,
)  # fmt: skip
