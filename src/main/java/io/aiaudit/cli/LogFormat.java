package io.aiaudit.cli;

import io.aiaudit.model.Keyed;

/** How standard error is written: lines for people, or a JSON object a line for whatever collects logs. */
enum LogFormat implements Keyed {
    TEXT,
    JSON
}
