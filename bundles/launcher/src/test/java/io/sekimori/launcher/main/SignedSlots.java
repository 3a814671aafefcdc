package io.sekimori.launcher.main;

import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What was signed for a unit: generation 1 with its slot, generation 2 whose slot is not there, and what a test class stages beside
 * them. Signing is slow; what is signed once serves every test of a class.
 */
final class SignedSlots {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);

    final TestUnit made;

    /** Of generation 1; the helper runs from it. */
    final String old;

    /** Of generation 2. */
    final String slot;

    private final Path workshop;

    SignedSlots(Path workshop) throws Exception {
        this.workshop = workshop;
        made = TestUnit.create(workshop);
        old = made.generation(1, ONE).slot();
        made.confirm(1);
        slot = stage(2, "0.2.0");
    }

    /** A generation whose launcher is in the store alone; answers its slot. */
    String stage(int number, String version) throws Exception {
        return staged(number, made.useSlot(jars(number, version), version));
    }

    /** As {@link #stage}, with a Java runtime of its own. */
    String stageWithJava(int number, String version) throws Exception {
        String id = made.useSlot(jars(number, version), version);
        made.useJava(javaImage(), "17.0.1");
        return staged(number, id);
    }

    /** As {@link #stage}, of one jar, whoever signed that. */
    String stage(int number, String version, Path launcher) throws Exception {
        return staged(number, made.useSlot(Map.of("io.sekimori.launcher", launcher), version));
    }

    private String staged(int number, String id) throws Exception {
        TestBundle bundle = TestBundle.of("test.one", "2.0." + number).activator(Quiet.class);
        String staged = made.generation(number, bundle).slot();
        made.slotOnlyInStore(id);
        return staged;
    }

    Path javaImage() {
        return TestBundle.of("test.java", "17.0.1")
                .header(JavaImage.PROGRAMS, "bin/java")
                .entry("bin/java", "#!/bin/false".getBytes(StandardCharsets.US_ASCII))
                .entry("lib/modules", new byte[1000])
                .write(workshop.resolve("java"));
    }

    /** The hash of the one jar of generation 2 that no slot of the unit has. */
    String newJar() throws Exception {
        return Sha256.hex(launcher(2, "0.2.0"));
    }

    private Map<String, Path> jars(int number, String version) {
        return Map.of(
                "io.sekimori.trust",
                made.unit().slot(old).resolve("lib/io.sekimori.trust-0.1.0.jar"),
                "io.sekimori.launcher",
                launcher(number, version));
    }

    private Path launcher(int number, String version) {
        return TestBundle.of("io.sekimori.launcher", version).write(workshop.resolve("slot-jars-" + number));
    }
}
