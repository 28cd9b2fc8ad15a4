-- What each resource is offered at, for several questions about a finished store. Planning it within each of them takes longer than the answer.
CREATE TEMP TABLE IF NOT EXISTS resource_prices AS FROM prices_of_resources()
