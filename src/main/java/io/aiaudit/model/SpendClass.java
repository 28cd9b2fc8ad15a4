package io.aiaudit.model;

/** Whether a charge pays for AI, for something else, or is unclassified. */
public enum SpendClass implements Keyed {
    AI,
    OTHER,
    UNTOLD
}
