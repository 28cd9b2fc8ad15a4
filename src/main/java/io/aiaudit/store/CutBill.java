package io.aiaudit.store;

import java.time.Instant;

/** The bill of an account that ends clearly before that of its provider, though what it charges goes on. */
public record CutBill(String provider, String account, Instant coveredTo) {}
