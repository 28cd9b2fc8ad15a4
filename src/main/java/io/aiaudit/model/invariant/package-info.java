/**
 * What holds between the parts of every audit by construction. One table for each part says which figure agrees with
 * which others; {@link io.aiaudit.model.invariant.AuditInvariants} has them all.
 */
package io.aiaudit.model.invariant;
