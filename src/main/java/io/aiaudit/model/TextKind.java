package io.aiaudit.model;

/** What the values of a column of a saved scan are, which decides what a redacted one has instead. */
public enum TextKind implements Keyed {
    /** Of aiaudit itself, one of a few words: stays. */
    OURS,
    /** A number, a time, yes or no: stays. */
    AMOUNT,
    /** A number that is made of texts, by which somebody could test a guess: another number. */
    NUMBER_OF_TEXTS,
    /** Of a cloud, such as a region or a machine type. */
    CLOUD,
    /** What a bill calls the service of a charge. */
    SERVICE,
    /** What a bill calls the meter of a charge that a cloud sells; that of another seller is {@link #WRITTEN}. */
    METER,
    /** Who provides, sells or invoices something: a cloud, or a company. */
    SELLER,
    /** A name as a whole: of an account, an owner, a resource. */
    NAME,
    /** An id, which keeps its form. */
    ID,
    /** A JSON object of tags. */
    TAGS,
    /** JSON of any other kind, whose keys are free too. */
    JSON,
    /** Free text. */
    TEXT,
    /** Free text about what went wrong, which quotes files, clouds and people. */
    ERROR,
    /** What somebody outside wrote, such as the description of a charge: replaced whole, whatever it looks like. */
    WRITTEN,
    /** A file with its folder. */
    FILE,
    /** A part of aiaudit.yaml: its keys stay. */
    YAML
}
