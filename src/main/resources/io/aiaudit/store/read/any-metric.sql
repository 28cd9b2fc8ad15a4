-- Whether the metrics of any resource reach into a span: a row where they do.
WITH bounds AS (SELECT ?::TIMESTAMP AS window_start, ?::TIMESTAMP AS window_end)
SELECT true FROM metrics, bounds WHERE hour >= window_start AND hour < window_end LIMIT 1
