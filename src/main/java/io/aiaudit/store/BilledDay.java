package io.aiaudit.store;

import java.time.LocalDate;

/**
 * A day (UTC) on which something was charged.
 *
 * @param account null where the bill does not name it
 */
public record BilledDay(String provider, String account, LocalDate day) {}
