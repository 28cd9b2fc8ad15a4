/**
 * Reads Azure: subscriptions, their inventory, metrics, bills and prices, over a thin client of our own and with the
 * credentials of the Azure SDK.
 */
package io.aiaudit.collect.azure;
