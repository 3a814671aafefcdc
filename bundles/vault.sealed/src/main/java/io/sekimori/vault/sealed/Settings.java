package io.sekimori.vault.sealed;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How much each bundle may keep: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param valueBytes the largest value, and what is read at once at most
 * @param fileBytes the largest file
 * @param ownerBytes all that one bundle has
 * @param entries how many names one bundle has
 */
record Settings(int valueBytes, long fileBytes, long ownerBytes, int entries) {

    static final String PID = "io.sekimori.vault.sealed";

    /** How many files a bundle may have open for writing. */
    static final int OPEN_OUTPUTS = 16;

    static Settings of(Config config) {
        return new Settings(
                Math.toIntExact(bounded("values", config.value_kibibytes(), 16_384) << 10),
                bounded("files", config.file_mebibytes(), 65_536) << 20,
                bounded("bundle", config.bundle_mebibytes(), 1_048_576) << 20,
                Math.toIntExact(bounded("entries", config.bundle_entries(), 100_000)));
    }

    private static long bounded(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is not 1 to " + most);
        }
        return value;
    }

    @ObjectClassDefinition(localization = "OSGI-INF/l10n/vault", name = "%vault", description = "%vault.description")
    @interface Config {

        @AttributeDefinition(name = "%value", description = "%value.description", min = "1", max = "16384")
        int value_kibibytes() default 1_024;

        @AttributeDefinition(name = "%file", description = "%file.description", min = "1", max = "65536")
        int file_mebibytes() default 256;

        @AttributeDefinition(name = "%bundle", description = "%bundle.description", min = "1", max = "1048576")
        int bundle_mebibytes() default 512;

        @AttributeDefinition(name = "%entries", description = "%entries.description", min = "1", max = "100000")
        int bundle_entries() default 1_000;
    }
}
