/** Files instead of credentials: bills, inventories and metrics that somebody brought. */
package io.aiaudit.collect.files;
