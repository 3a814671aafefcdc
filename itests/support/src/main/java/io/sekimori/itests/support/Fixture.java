package io.sekimori.itests.support;

import java.nio.file.Path;

/** Editions of the bundle that behaves, or misbehaves, as it is told. */
public final class Fixture {

    /** Its symbolic name. */
    public static final String NAME = "io.sekimori.itests.fixture";

    private static final String WELL =
            "OSGI-INF/io.sekimori.itests.fixture.Greeting.xml,OSGI-INF/io.sekimori.itests.fixture.Health.xml,"
                    + "OSGI-INF/io.sekimori.itests.fixture.Errors.xml";
    private static final int START_LEVEL = 5;

    private final Path folder;

    /** @param folder takes the files */
    public Fixture(Path folder) {
        this.folder = folder;
    }

    /** An edition that is well. */
    public Part well(String version) {
        return part(edition(version));
    }

    /** An edition that is well, and hands out the gateway's signed report to who asks the control socket {@code itests.report}. */
    public Part reporting(String version) {
        return part(edition(version)
                .with("Service-Component", WELL + ",OSGI-INF/io.sekimori.itests.fixture.ReportOperation.xml")
                .with("DynamicImport-Package", "io.sekimori.control,io.sekimori.update"));
    }

    /** An edition that behaves as one of the constants of its {@code Behaviour} says. */
    public Part behaving(String version, String behaviour) {
        return part(edition(version).with("Fixture-Behaviour", behaviour));
    }

    /** An edition with a component whose reference nobody satisfies. */
    public Part unsatisfied(String version) {
        return part(edition(version)
                .with("Service-Component", WELL + ",OSGI-INF/io.sekimori.itests.fixture.Unsatisfied.xml"));
    }

    /** An edition that wants a package nobody offers. */
    public Part unresolvable(String version) {
        return part(edition(version).with("Import-Package", "io.sekimori.itests.nowhere"));
    }

    private static BundleJar edition(String version) {
        return BundleJar.of(Jars.fixture(NAME)).version(version).with("Service-Component", WELL);
    }

    private Part part(BundleJar jar) {
        return Part.bundle(jar.into(folder), START_LEVEL);
    }
}
