/** Replaces what must not leave a company by pseudonyms, and brings it back for whoever has the key. */
package io.aiaudit.redact;
