/**
 * What the launcher offers to the bundles it starts: which software may run, a rehearsal of another
 * generation, a deadline outside all bundles, and an orderly new start. The launcher registers one service of
 * each interface before start level 1; they stay for the whole life of the framework.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
@org.jspecify.annotations.NullMarked
package io.sekimori.launcher;
