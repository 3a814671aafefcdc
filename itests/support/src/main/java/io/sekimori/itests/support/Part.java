package io.sekimori.itests.support;

import io.sekimori.trust.Kind;
import io.sekimori.trust.Swap;
import java.nio.file.Path;

/**
 * A jar in its place in a generation.
 *
 * @param jar        the file
 * @param kind       bundle of the framework, jar of the launcher's class path, or Java runtime
 * @param startLevel of a bundle
 * @param swap       how it is replaced
 * @param isFloor    whether gateways accept no older release of it, once this one is confirmed
 */
public record Part(Path jar, Kind kind, int startLevel, Swap swap, boolean isFloor) {

    /** A bundle, replaced in mode overlap. */
    public static Part bundle(Path jar, int startLevel) {
        return new Part(jar, Kind.BUNDLE, startLevel, Swap.OVERLAP, false);
    }

    /** A jar of the launcher's class path. */
    public static Part slot(Path jar) {
        return new Part(jar, Kind.SLOT, 1, Swap.RESTART, false);
    }

    /** A Java runtime. */
    public static Part java(Path jar) {
        return new Part(jar, Kind.JAVA, 1, Swap.RESTART, false);
    }

    /** The same place with other bytes. */
    public Part with(Path otherJar) {
        return new Part(otherJar, kind, startLevel, swap, isFloor);
    }

    /** The same, replaced in mode overlap. */
    public Part overlap() {
        return new Part(jar, kind, startLevel, Swap.OVERLAP, isFloor);
    }

    /** The same, replaced in mode replace. */
    public Part replace() {
        return new Part(jar, kind, startLevel, Swap.REPLACE, isFloor);
    }

    /** The same, replaced in mode restart. */
    public Part restart() {
        return new Part(jar, kind, startLevel, Swap.RESTART, isFloor);
    }

    /** The same, from which on no older release is accepted. */
    public Part asFloor() {
        return new Part(jar, kind, startLevel, swap, true);
    }

    /** The symbolic name in the manifest. */
    public String symbolicName() {
        return Jars.symbolicName(jar);
    }

    /** The version in the manifest. */
    public String version() {
        return Jars.version(jar);
    }
}
