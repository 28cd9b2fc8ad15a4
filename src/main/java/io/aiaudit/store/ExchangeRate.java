package io.aiaudit.store;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One unit of {@code from} was worth {@code rate} units of {@code to} on {@code date}. */
public record ExchangeRate(String from, String to, BigDecimal rate, LocalDate date) {}
