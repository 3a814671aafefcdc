package io.sekimori.cli;

/** Versions as OSGi compares and writes them. */
final class OsgiVersion {

    private OsgiVersion() {}

    /** A version as a manifest or Maven has it, written in full: {@code 1.2} is {@code 1.2.0}. */
    static String of(String version) {
        String[] parts = version.trim().split("\\.", 4);
        StringBuilder whole = new StringBuilder(parts[0]);
        for (int i = 1; i < 3; i++) {
            whole.append('.').append(i < parts.length ? parts[i] : "0");
        }
        if (parts.length == 4) {
            whole.append('.').append(parts[3]);
        }
        return whole.toString();
    }
}
