/** What the user wants: flags, {@code aiaudit.yaml} and variables become one checked configuration and its policy. */
package io.aiaudit.config;
