package io.aiaudit.model;

/** What the policy says when a fix asks for a permission; nothing said is {@code UNTOLD}, never a yes. */
public enum Answer implements Keyed {
    YES,
    NO,
    UNTOLD
}
