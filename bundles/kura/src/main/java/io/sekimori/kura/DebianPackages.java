package io.sekimori.kura;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What dpkg has installed, from its own record: paragraphs of fields, of which {@code Package}, {@code Version} and
 * {@code Status} count (Debian policy, sections 5.3 and 5.6). A system without dpkg has none. Stateless.
 */
final class DebianPackages {

    static final Path STATUS = Path.of("/var/lib/dpkg/status");

    /** More would not fit into one reply. */
    private static final int MOST = 5_000;

    private final Path status;

    DebianPackages(Path status) {
        this.status = status;
    }

    List<SystemPackage> installed() throws IOException {
        List<SystemPackage> packages = new ArrayList<>();
        // A decoder that replaces: descriptions are in whatever encoding their authors used.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(status), StandardCharsets.UTF_8))) {
            Paragraph paragraph = new Paragraph();
            String line = lines.readLine();
            while (line != null && packages.size() < MOST) {
                if (line.isEmpty()) {
                    paragraph.addTo(packages);
                    paragraph = new Paragraph();
                } else {
                    paragraph.read(line);
                }
                line = lines.readLine();
            }
            paragraph.addTo(packages);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return List.copyOf(packages);
    }

    private static final class Paragraph {

        private String name = "";
        private String version = "";
        private boolean installed;

        void read(String line) {
            if (line.startsWith("Package: ")) {
                name = line.substring("Package: ".length()).strip();
            } else if (line.startsWith("Version: ")) {
                version = line.substring("Version: ".length()).strip();
            } else if (line.startsWith("Status: ")) {
                installed = line.endsWith(" installed");
            }
        }

        void addTo(List<SystemPackage> packages) {
            if (installed && !name.isEmpty() && !version.isEmpty()) {
                packages.add(new SystemPackage(name, version));
            }
        }
    }
}
