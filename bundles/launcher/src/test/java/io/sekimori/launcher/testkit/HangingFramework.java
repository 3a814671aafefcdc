package io.sekimori.launcher.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A jar that, before the framework's on the class path, makes it hang at its start. */
public final class HangingFramework {

    private static final String OURS = "FrameworkStartLevelHang";
    private static final String THEIRS = "FrameworkStartLevelImpl";
    private static final String FOLDER = "org/apache/felix/framework/";

    private HangingFramework() {}

    /** Writes it into the folder. */
    public static Path jar(Path folder) throws IOException {
        ClassLoader loader = HangingFramework.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(FOLDER + OURS + ".class")) {
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return TestBundle.of("a.hanging", "1.0.0")
                    .entry(
                            FOLDER + THEIRS + ".class",
                            bytes.replace(OURS, THEIRS).getBytes(StandardCharsets.ISO_8859_1))
                    .write(folder);
        }
    }
}
