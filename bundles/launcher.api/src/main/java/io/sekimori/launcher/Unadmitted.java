package io.sekimori.launcher;

import java.time.Instant;

/**
 * A bundle that somebody installed or updated around {@link Admission}: it never resolves.
 *
 * @param bundleId the framework's number of it
 * @param symbolicName as its manifest says, at most 200 characters; empty if it says nothing
 * @param version as its manifest says
 * @param location where the installer said it came from, at most 500 characters
 * @param seen when the launcher noticed
 */
public record Unadmitted(long bundleId, String symbolicName, String version, String location, Instant seen) {}
