package io.aiaudit.model;

/** What could not be read: from which source and scope, why, and what to do about it. A gap is never read as idle, zero or clean. */
public record Gap(String source, String scope, String problem, String fix) {}
