package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the rules about generated component descriptions and manifests by planted ones. */
class PlantedComponentsTest {

    private static final String CHAIN = "bundles/audit.chain";

    @TempDir
    private Path root;

    @Test
    void aStaticReferenceToAnotherBundleIsReported() throws IOException {
        Product product = withComponent("<reference interface='io.sekimori.keys.Keys' policy-option='greedy'/>", "");

        assertThat(new SwapRule().violations(product))
                .singleElement()
                .asString()
                .contains("dynamic and greedy");
    }

    @Test
    void aReluctantReferenceToAnotherBundleIsReported() throws IOException {
        Product product = withComponent("<reference interface='io.sekimori.keys.Keys' policy='dynamic'/>", "");

        assertThat(new SwapRule().violations(product))
                .singleElement()
                .asString()
                .contains("dynamic and greedy");
    }

    @Test
    void staticReferencesToInfrastructureAndToOneselfAreRight() throws IOException {
        Product product = withComponent(
                "<reference interface='org.osgi.service.log.LoggerFactory'/>"
                        + "<reference interface='io.sekimori.launcher.Admission'/>"
                        + "<reference interface='io.sekimori.audit.chain.Chain'/>"
                        + "<reference interface='io.sekimori.keys.Keys' policy='dynamic' policy-option='greedy'/>",
                "");

        assertThat(new SwapRule().violations(product)).isEmpty();
    }

    @Test
    void aConfigurableComponentWithoutModifiedIsReported() throws IOException {
        Product product = withComponent("", "configuration-policy='require'");

        assertThat(new SwapRule().violations(product))
                .singleElement()
                .asString()
                .contains("without a modified method");
    }

    @Test
    void aDesignatedComponentWithoutModifiedIsReported() throws IOException {
        planted("", "")
                .file(
                        CHAIN + "/target/classes/OSGI-INF/metatype/c.xml",
                        "<MetaData xmlns='http://www.osgi.org/xmlns/metatype/v1.4.0'><Designate pid='c'/></MetaData>");

        assertThat(new SwapRule().violations(planted("", "").product())).hasSize(1);
    }

    @Test
    void aConfigurableComponentWithModifiedIsRight() throws IOException {
        Product product = withComponent("", "configuration-policy='require' modified='apply'");

        assertThat(new SwapRule().violations(product)).isEmpty();
    }

    @Test
    void aComponentThatForgetsWhatItUsedForCallsInFlightIsReported() throws IOException {
        assertThat(new CallsInFlightRule().violations(using("Object keys;", "", "overlap")))
                .singleElement()
                .asString()
                .contains("forgets keys");
        assertThat(new CallsInFlightRule().violations(using("Object keys, keysAtEnd;", "", "overlap")))
                .hasSize(1);
        assertThat(new CallsInFlightRule().violations(using("Object keys, other;", "deactivate='end'", "overlap")))
                .hasSize(1);
    }

    @Test
    void aComponentThatKeepsWhatItUsedOrIsNotOverlappedIsRight() throws IOException {
        for (Product product : new Product[] {
            using("Object keys, keysAtEnd;", "deactivate='end'", "overlap"),
            using("Object keys, atEnd;", "deactivate='end'", "overlap"),
            using("Object keys;", "", "replace")
        }) {
            assertThat(new CallsInFlightRule().violations(product)).isEmpty();
        }
    }

    private Product using(String fields, String attributes, String swap) throws IOException {
        String feature =
                "{\"id\": \"io.sekimori:io.sekimori.audit.chain:1.0.0\", \"sekimori.swap\": \"" + swap + "\"},";
        return planted(
                        "<reference interface='io.sekimori.keys.Keys' cardinality='0..1' policy='dynamic' field='keys'/>"
                                + "<implementation class='io.sekimori.audit.chain.Chain'/>",
                        attributes)
                .file(
                        CHAIN + "/src/main/java/io/sekimori/audit/chain/Chain.java",
                        "package io.sekimori.audit.chain; class Chain { " + fields + " }")
                .file("features/gateway.json", feature)
                .product();
    }

    @Test
    void aProviderThatExportsIsReported() throws IOException {
        assertThat(manifest(CHAIN, "io.sekimori.audit.chain", "Export-Package: io.sekimori.audit;version=\"1.0.0\"\n"))
                .singleElement()
                .asString()
                .contains("a PROVIDER exports");
    }

    @Test
    void anExportWithoutAVersionIsReported() throws IOException {
        assertThat(manifest("bundles/audit.api", "io.sekimori.audit.api", "Export-Package: io.sekimori.audit\n"))
                .singleElement()
                .asString()
                .contains("without a version");
    }

    @Test
    void anActivatorIsReported() throws IOException {
        assertThat(manifest(CHAIN, "io.sekimori.audit.chain", "Bundle-Activator: x.Y\n"))
                .singleElement()
                .asString()
                .contains("has a Bundle-Activator");
    }

    @Test
    void aSymbolicNameOtherThanTheFoldersIsReported() throws IOException {
        assertThat(manifest(CHAIN, "io.sekimori.audit", ""))
                .singleElement()
                .asString()
                .contains("symbolic name");
    }

    private Product withComponent(String references, String attributes) throws IOException {
        return planted(references, attributes).product();
    }

    private Planted planted(String references, String attributes) throws IOException {
        return Planted.in(root)
                .java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file(
                        CHAIN + "/target/classes/OSGI-INF/c.xml",
                        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' name='c' " + attributes + ">"
                                + references + "</scr:component>");
    }

    private java.util.List<String> manifest(String folder, String symbolicName, String header) throws IOException {
        Product product = Planted.in(root)
                .java(folder, "package io.sekimori.audit; class Any {}")
                .file(
                        folder + "/target/classes/META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nBundle-SymbolicName: " + symbolicName + "\n" + header)
                .product();
        return new ManifestRule().violations(product);
    }
}
