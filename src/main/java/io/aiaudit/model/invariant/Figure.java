package io.aiaudit.model.invariant;

import java.math.BigDecimal;

/** A figure of a part of an audit, or what follows for it from other parts; null where it is unknown. */
@FunctionalInterface
interface Figure<T> {
    BigDecimal of(T part, Facts facts);
}
