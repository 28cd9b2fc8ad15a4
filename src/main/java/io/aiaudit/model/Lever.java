package io.aiaudit.model;

/** The way in which a fix saves money. {@code GOVERN} claims none. */
public enum Lever implements Keyed {
    ELIMINATE,
    REPLACE,
    SCHEDULE,
    AUTOSCALE,
    RESIZE,
    RATE,
    COMMIT,
    ROUTE,
    CACHE,
    BATCH,
    GOVERN
}
