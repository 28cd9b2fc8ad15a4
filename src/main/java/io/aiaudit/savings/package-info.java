/** Turns the shares that rules claim into money, the same way for every rule (DESIGN.md section 6, docs/money.md). */
package io.aiaudit.savings;
