package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {

    private static final String LONG = "content of a class ".repeat(40);

    @TempDir
    private Path root;

    private Path archive;

    @BeforeEach
    void anArchive() throws IOException {
        archive = root.resolve("archive");
        Files.createDirectories(archive.resolve("java"));
        Files.createDirectories(archive.resolve("lib"));
        Files.createDirectories(root.resolve("target-platform"));
        Files.writeString(archive.resolve("version"), "1.2.3\n");
        Files.writeString(
                archive.resolve("java/release"), "JAVA_VERSION=\"17.0.15\"\nMODULES=\"java.base java.sql\"\n");
    }

    @Test
    void namesEachJarOfOthersWithTheListedHashAndLicence() throws IOException {
        Path jar = jar("lib/other-2.0.jar", "other/Thing.class", LONG);
        listed("org.example:other:2.0\t" + Artifact.sha256(jar) + "\tApache-2.0\tproduct");

        assertThat(bill())
                .contains("\"purl\": \"pkg:maven/org.example/other@2.0\"")
                .contains(Artifact.sha256(jar))
                .contains("\"expression\": \"Apache-2.0\"");
    }

    @Test
    void namesOurJarsAndTheRuntimeWithItsModules() throws IOException {
        listed("");
        jar("lib/io.sekimori.trust-0.1.0.jar", "io/sekimori/Thing.class", LONG);

        assertThat(bill())
                .contains("pkg:maven/io.sekimori/io.sekimori.trust@0.1.0")
                .contains("pkg:generic/openjdk@17.0.15")
                .contains("\"value\": \"java.sql\"");
    }

    @Test
    void aJarThatIsNotListedIsAnError() throws IOException {
        listed("");
        jar("lib/other-2.0.jar", "other/Thing.class", LONG);

        assertThatThrownBy(this::bill).isInstanceOf(IOException.class).hasMessageContaining("is not listed");
    }

    @Test
    void whatABundleOfOursCarriesIsNamedWithTheBundle() throws IOException {
        Path other = root.resolve("maven/org/example/other/2.0/other-2.0.jar");
        Files.createDirectories(other.getParent());
        Files.move(jar("lib/other-2.0.jar", "other/Thing.class", LONG), other);
        jar("lib/io.sekimori.web-0.1.0.jar", "carried/Thing.class", LONG);
        listed("org.example:other:2.0\t" + Artifact.sha256(other) + "\tMIT\tproduct");

        assertThat(bill()).contains("{\"name\": \"sekimori:carried-by\", \"value\": \"io.sekimori.web-0.1.0.jar\"}");
    }

    @Test
    void whatABundleCarriesUnderOtherNamesIsNamedAsItSays() throws IOException {
        Path other = root.resolve("maven/org/example/other/2.0/other-2.0.jar");
        Files.createDirectories(other.getParent());
        Files.move(jar("lib/other-2.0.jar", "other/Thing.class", LONG), other);
        jar("lib/io.sekimori.trust-0.1.0.jar", "META-INF/MANIFEST.MF", "Sekimori-Carries: org.example:other\n");
        listed("org.example:other:2.0\t" + Artifact.sha256(other) + "\tMIT\tproduct");

        assertThat(bill())
                .contains("pkg:maven/org.example/other@2.0")
                .contains("{\"name\": \"sekimori:carried-by\", \"value\": \"io.sekimori.trust-0.1.0.jar\"}");
    }

    @Test
    void theSameArchiveHasTheSameBill() throws IOException {
        listed("");
        jar("lib/io.sekimori.trust-0.1.0.jar", "io/sekimori/Thing.class", LONG);

        assertThat(bill()).isEqualTo(bill());
    }

    @Test
    void itIsWhatItsSchemaAllowsAndNothingElseIs() throws IOException {
        Path other = jar("lib/other-2.0.jar", "other/Thing.class", LONG);
        listed("org.example:other:2.0\t" + Artifact.sha256(other) + "\tApache-2.0\tproduct");
        jar("lib/io.sekimori.trust-0.1.0.jar", "io/sekimori/Thing.class", LONG);

        String bill = bill();

        assertThat(errors(bill)).isEmpty();
        assertThat(errors(bill.replace("\"SHA-256\"", "\"SHA-257\""))).isNotEmpty();
        assertThat(errors(bill.replace("\"purl\"", "\"pearl\""))).isNotEmpty();
    }

    private static List<ParseException> errors(String bill) throws IOException {
        return new JsonParser().validate(bill.getBytes(StandardCharsets.UTF_8), Version.VERSION_15);
    }

    private String bill() throws IOException {
        BillOfMaterials.write(root, root.resolve("maven"), "gateway", archive);
        return Files.readString(archive.resolve("sbom.cdx.json"));
    }

    private void listed(String line) throws IOException {
        Files.writeString(root.resolve(Artifact.FILE), line + "\n");
    }

    private Path jar(String path, String entry, String content) throws IOException {
        Path file = archive.resolve(path);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry named = new ZipEntry(entry);
            named.setTime(0);
            zip.putNextEntry(named);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
