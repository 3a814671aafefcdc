package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.itests.support.Fixture;
import io.sekimori.itests.support.Jars;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.io.IOException;
import java.nio.file.Path;

/** Releases with versions nobody has used yet in this scenario. */
final class Editions {

    private static final int START_LEVEL = 5;

    private final Gateway gateway;
    private final Path folder;
    private final Fixture fixture;

    Editions(Gateway gateway) {
        this.gateway = gateway;
        this.folder = gateway.bench().folder().resolve("editions");
        this.fixture = new Fixture(folder);
    }

    /** The fixture, well. */
    Part well() {
        return fixture.well(version());
    }

    /** The fixture, misbehaving. */
    Part behaving(String behaviour) {
        return fixture.behaving(version(), behaviour);
    }

    /** The fixture with a component that lacks a service. */
    Part unsatisfied() {
        return fixture.unsatisfied(version());
    }

    /** The fixture with an import nobody exports. */
    Part unresolvable() {
        return fixture.unresolvable(version());
    }

    /** A shipped bundle in a new version. */
    Path of(String symbolicName) {
        return BundleJar.of(Jars.shipped(symbolicName)).version(version()).into(folder);
    }

    /** Makes the gateway run this part. */
    Part running(Part part) throws IOException, InterruptedException {
        Parts next = gateway.bench().running().with(part);
        TransitionReport report = gateway.transition(next);
        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        return part;
    }

    /** A bundle with nothing in it but its manifest, which the caller completes. */
    BundleJar empty(String symbolicName) {
        return BundleJar.empty(symbolicName, version());
    }

    /** The classes of the fixture under another name, without components. */
    BundleJar renamed(String symbolicName) {
        return BundleJar.of(Jars.fixture(Fixture.NAME))
                .with("Bundle-SymbolicName", symbolicName)
                .with("Service-Component", "")
                .version(version());
    }

    /** A shipped bundle in a new version, without its components. */
    Part mute(String symbolicName) {
        return part(BundleJar.of(Jars.shipped(symbolicName)).version(version()).with("Service-Component", ""));
    }

    /** That bundle at the usual place in a generation. */
    Part part(BundleJar bundle) {
        return Part.bundle(bundle.into(folder), START_LEVEL);
    }

    // Above what ships, and growing over all tests of a framework.
    private String version() {
        return "1.0." + gateway.bench().next();
    }
}
