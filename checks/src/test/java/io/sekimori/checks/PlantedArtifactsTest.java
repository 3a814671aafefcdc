package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the rules about third-party files and versions by planted ones. */
class PlantedArtifactsTest {

    private static final String CHAIN = "bundles/audit.chain";

    @TempDir
    private Path root;

    private Planted planted;
    private Path jar;

    @BeforeEach
    void plantOneJarOnTheClassPath() throws IOException {
        jar = Files.writeString(root.resolve("good-1.0.jar"), "bytes");
        planted = Planted.in(root)
                .java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file(
                        CHAIN + "/target/artifacts.txt",
                        "\n   org.good:good:jar:1.0:compile:" + jar + " -- module good\n");
    }

    @Test
    void whatIsListedWithItsBytesIsRight() throws IOException {
        list(Artifact.sha256(jar), "MIT", "product");
        planted.file("distrib/target/bundles/good-1.0.jar", "bytes");

        assertThat(new TargetPlatformRule().violations(planted.product())).isEmpty();
    }

    @Test
    void whatIsNotListedIsReported() throws IOException {
        assertThat(new TargetPlatformRule().violations(planted.product()))
                .singleElement()
                .asString()
                .contains("org.good:good:1.0: is not listed");
    }

    @Test
    void otherBytesAreReported() throws IOException {
        list(Artifact.sha256(jar), "MIT", "build");
        Files.writeString(jar, "altered");

        assertReported("its bytes are not those that are listed");
    }

    @Test
    void anUnknownLicenceIsReported() throws IOException {
        list(Artifact.sha256(jar), "?", "build");

        assertReported("its licence is not known");
    }

    @Test
    void whatNobodyUsesIsReported() throws IOException {
        list(Artifact.sha256(jar), "MIT", "build");
        planted.file(CHAIN + "/target/artifacts.txt", "");

        assertReported("is listed and nobody uses it");
    }

    @Test
    void aShippedFileThatIsNotPartOfTheProductIsReported() throws IOException {
        list(Artifact.sha256(jar), "MIT", "build");
        planted.file("distrib/target/slot-lib/good-1.0.jar", "bytes");

        assertReported("is shipped and not listed as part of the product");
    }

    @Test
    void aFileThatOnlyTheDemoReleasesIsListedToo() throws IOException {
        list(Artifact.sha256(jar), "MIT", "build");
        planted.file("demo/target/parts/next-1.1.jar", "other bytes");

        assertReported("next-1.1.jar: is released by the demo and not listed");
    }

    @Test
    void aLicenceThatBindsTheUserIsNotShipped() throws IOException {
        list(Artifact.sha256(jar), "LGPL-2.1-only", "product");

        assertReported("shipped under LGPL-2.1-only");
    }

    @Test
    void aClassPathThatWasNotRecordedIsReported() throws IOException {
        Files.delete(root.resolve(CHAIN + "/target/artifacts.txt"));

        assertReported("its class path was not recorded");
    }

    @Test
    void aVersionOutsideItsPlaceIsReported() throws IOException {
        planted.file(
                CHAIN + "/pom.xml",
                "<project><dependencies><dependency><artifactId>stray</artifactId><version>1</version></dependency>"
                        + "</dependencies><build><plugins><plugin><artifactId>odd-plugin</artifactId></plugin></plugins>"
                        + "</build></project>");
        planted.file("target-platform/pom.xml", "<project/>");

        assertThat(new PinnedVersionRule().violations(planted.product()))
                .contains(
                        CHAIN + ": the version of stray belongs in target-platform",
                        CHAIN + ": the version of odd-plugin belongs in the root pom",
                        "pom.xml: maven-jar-plugin has no version");
    }

    @Test
    void aRangeIsNoPinnedVersion() throws IOException {
        planted.file(CHAIN + "/pom.xml", "<project/>")
                .file(
                        "target-platform/pom.xml",
                        "<project><dependencyManagement><dependencies><dependency><artifactId>wide</artifactId>"
                                + "<version>[1,2)</version></dependency></dependencies></dependencyManagement></project>");

        assertThat(new PinnedVersionRule().violations(planted.product()))
                .contains("target-platform: wide has no exact version: [1,2)");
    }

    private void list(String sha256, String licence, String use) throws IOException {
        planted.file(Artifact.FILE, new Artifact("org.good:good:1.0", sha256, licence, use).line() + "\n");
    }

    private void assertReported(String text) throws IOException {
        assertThat(new TargetPlatformRule().violations(planted.product())).anyMatch(line -> line.contains(text));
    }
}
