package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves each rule about classes by a violation planted for it: a rule that never failed is not known to work. */
class PlantedViolationsTest {

    private static final String CHAIN = "bundles/audit.chain";

    @TempDir
    private Path root;

    private Planted planted;

    @BeforeEach
    void plantNothingYet() {
        planted = Planted.in(root);
    }

    @Test
    void whatKeepsTheRulesIsNotReported() throws IOException {
        Product product = planted.java(
                        "bundles/audit.api", "package io.sekimori.audit; /** Told. */ public interface Log {}")
                .java(CHAIN, "package io.sekimori.audit.chain; class Chain implements io.sekimori.audit.Log {}")
                .product();

        assertThat(new LayerRule().violations(product)).isEmpty();
        assertThat(new CycleRule().violations(product)).isEmpty();
        assertThat(new NameRule().violations(product)).isEmpty();
        assertThat(new ForbiddenCallRule().violations(product)).isEmpty();
        assertThat(new StaticStateRule().violations(product)).isEmpty();
        assertThat(new SourceRule().violations(product)).isEmpty();
        assertThat(new MarkerRule().violations(product)).isEmpty();
    }

    @Test
    void anApiImportsNoThirdParty() throws IOException {
        planted.java(
                "bundles/audit.api", "package io.sekimori.audit; interface Log { org.osgi.framework.Bundle of(); }");

        assertViolation(new LayerRule(), "an API imports nothing but the JDK");
    }

    @Test
    void anApiImportsNoOtherApi() throws IOException {
        planted.java("bundles/keys.api", "package io.sekimori.keys; public interface Keys {}")
                .java(
                        "bundles/audit.api",
                        "package io.sekimori.audit; interface Log { io.sekimori.keys.Keys keys(); }");

        assertViolation(new LayerRule(), "a API never imports a API");
    }

    @Test
    void aLibraryImportsNoApi() throws IOException {
        planted.java("bundles/keys.api", "package io.sekimori.keys; public interface Keys {}")
                .java("bundles/trust", "package io.sekimori.trust; class Tuf { io.sekimori.keys.Keys keys; }");

        assertViolation(new LayerRule(), "a LIBRARY never imports a API");
    }

    @Test
    void aProviderNeverImportsAProvider() throws IOException {
        planted.java("bundles/keys.file", "package io.sekimori.keys.file; public class FileKeys {}")
                .java(
                        CHAIN,
                        "package io.sekimori.audit.chain; class Chain { Object k = new io.sekimori.keys.file.FileKeys(); }");

        assertViolation(new LayerRule(), "a PROVIDER never imports a PROVIDER");
    }

    @Test
    void anEmbeddedCopyIsNoImportOfTheProviderThatCarriesIt() throws IOException {
        String durable = "package io.sekimori.durable; public class Whole {}";
        Product product = planted.java("bundles/durable", durable)
                .java(CHAIN, durable)
                .java(
                        "bundles/keys.file",
                        "package io.sekimori.keys.file; class K { io.sekimori.durable.Whole whole; }")
                .product();

        assertThat(new LayerRule().violations(product)).isEmpty();
    }

    @Test
    void thePlatformNeverImportsTheGateway() throws IOException {
        planted.java("bundles/identity.api", "package io.sekimori.identity; public interface Identity {}")
                .java(
                        CHAIN,
                        "package io.sekimori.audit.chain; class Chain { io.sekimori.identity.Identity identity; }");

        assertViolation(new LayerRule(), "PLATFORM never imports GATEWAY");
    }

    @Test
    void thePlatformNeverImportsTheConsole() throws IOException {
        planted.java("bundles/fleet.api", "package io.sekimori.fleet; public interface Fleet {}")
                .java(CHAIN, "package io.sekimori.audit.chain; class Chain { io.sekimori.fleet.Fleet fleet; }");

        assertViolation(new LayerRule(), "PLATFORM never imports CONSOLE");
    }

    @Test
    void anAreaWithoutASideIsReported() throws IOException {
        planted.java("bundles/novelty.file", "package io.sekimori.novelty.file; class Novelty {}");

        assertViolation(new LayerRule(), "has no place in Side");
    }

    @Test
    void packagesAreFreeOfCycles() throws IOException {
        planted.java("bundles/trust", "package io.sekimori.trust; public class A { io.sekimori.trust.part.B b; }")
                .java("bundles/trust", "package io.sekimori.trust.part; public class B { io.sekimori.trust.A a; }");

        assertViolation(new CycleRule(), "Cycle detected");
    }

    @Test
    void namesSayWhatAClassIs() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class ChainHelper {}");

        assertViolation(new NameRule(), "ChainHelper");
    }

    @Test
    void theBundlesDataFileIsForbidden() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; class Chain {"
                        + " Object f(org.osgi.framework.BundleContext c) { return c.getDataFile(\"x\"); } }");

        assertViolation(new ForbiddenCallRule(), "lost with the bundle cache");
    }

    @Test
    void addingASecurityProviderIsForbidden() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; class Chain {"
                        + " void f(java.security.Provider p) { java.security.Security.addProvider(p); } }");

        assertViolation(new ForbiddenCallRule(), "changes the whole JVM");
    }

    @Test
    void textsInTheLocaleOfTheMachineAreForbidden() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; import java.util.*; class Chain { Object f(ResourceBundle.Control c) {"
                        + " ResourceBundle.getBundle(\"a\", Locale.ENGLISH, c);"
                        + " return ResourceBundle.getBundle(\"b\", Locale.ENGLISH); } }");

        assertThat(new ForbiddenCallRule().violations(planted.product()))
                .singleElement()
                .asString()
                .contains("the machine's locale decides");
    }

    @Test
    void sleepingIsForbiddenInLambdasAndMethodReferencesToo() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; class Chain { interface Wait { void of(long n) throws Exception; }"
                        + " Wait a = Thread::sleep; Wait b = n -> java.util.concurrent.TimeUnit.DAYS.sleep(n); }");

        assertThat(new ForbiddenCallRule().violations(planted.product()))
                .hasSize(2)
                .allMatch(line -> line.contains("wait for what is awaited"));
    }

    @Test
    void printingIsForbiddenInABundleAndAllowedInAProgram() throws IOException {
        planted.java("bundles/cli", "package io.sekimori.cli; class Main { void f() { System.out.println(); } }")
                .java(CHAIN, "package io.sekimori.audit.chain; class Chain { void f() { System.out.println(); } }");

        assertThat(new ForbiddenCallRule().violations(planted.product()))
                .singleElement()
                .asString()
                .contains("audit.chain", "only programs print");
    }

    @Test
    void staticFieldsAreFinal() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain { static int count; }");

        assertViolation(new StaticStateRule(), "static and not final");
    }

    @Test
    void staticArraysAreForbidden() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain { static final byte[] SALT = {1}; }");

        assertViolation(new StaticStateRule(), "static array");
    }

    @Test
    void staticMutableCollectionsAreForbidden() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; class Chain {"
                        + " static final java.util.Map<String, String> A = new java.util.HashMap<>();"
                        + " static final java.util.concurrent.atomic.AtomicLong B = new java.util.concurrent.atomic.AtomicLong(); }");

        assertThat(new StaticStateRule().violations(planted.product()))
                .hasSize(2)
                .anyMatch(line -> line.contains("may hold a mutable collection"))
                .anyMatch(line -> line.contains("is static and mutable"));
    }

    @Test
    void constantsAndEnumsAreNoStaticState() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; enum Mode { A, B; static final java.util.List<String> L = java.util.List.of();"
                        + " int f(Mode m) { switch (m) { case A: return 1; default: return 2; } } }");

        assertThat(new StaticStateRule().violations(planted.product())).isEmpty();
    }

    @Test
    void catchingEverythingIsForbidden() throws IOException {
        planted.java(
                CHAIN,
                "package io.sekimori.audit.chain; class Chain { void f() { try { f(); } catch (Throwable t) { f(); }"
                        + " try { f(); } catch (IllegalStateException e) { f(); } catch (Exception e) { f(); } } }");

        assertThat(new SourceRule().violations(planted.product()))
                .hasSize(2)
                .allMatch(line -> line.startsWith("bundles/audit.chain/") && line.contains(":1: catches"));
    }

    @Test
    void aPublicTypeSaysWhatItPromises() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; public class Chain {}");

        assertViolation(new SourceRule(), "does not say what it promises");
    }

    @Test
    void unfinishedWorkIsReported() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file("docs/notes.md", "first line\nTO" + "DO: the rest\n");

        assertViolation(new MarkerRule(), "docs/notes.md:2: unfinished work");
    }

    @Test
    void everyCodeHasAdviceInBothLanguages() throws IOException {
        String folder = CHAIN + "/src/main/resources/io/sekimori/audit/chain/";
        planted.java(CHAIN, "package io.sekimori.audit.chain; enum ChainCode { DISK_FULL, LOCK_HELD }")
                .file(folder + "refusals.properties", "DISK_FULL = Free it.\n")
                .file(folder + "refusals_ja.properties", "DISK_FULL =\nLOCK_HELD = 待ちます。\n");

        assertThat(new AdviceRule().violations(planted.product()))
                .containsExactly(
                        "io.sekimori.audit.chain.ChainCode.DISK_FULL: has no advice in refusals_ja.properties",
                        "io.sekimori.audit.chain.ChainCode.LOCK_HELD: has no advice in refusals.properties");
    }

    @Test
    void codesWithoutAnyFileOfAdviceAreFoundToo() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; enum ChainCode { DISK_FULL }");

        assertViolation(new AdviceRule(), "DISK_FULL: has no advice in refusals.properties");
    }

    @Test
    void noKeyOfPropertiesStandsTwice() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file(CHAIN + "/src/main/resources/words.properties", "a.b = 鍵\n#a.b = no\nc=1\nc.d=1\na.b: 2\n");

        assertThat(new RepeatedKeyRule().violations(planted.product()))
                .containsExactly(CHAIN + "/src/main/resources/words.properties: has a.b twice");
    }

    @Test
    void everyTestThatAPageNamesExists() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file(
                        CHAIN + "/src/test/java/io/sekimori/audit/chain/ChainTest.java",
                        "class ChainTest { void holds() {} }")
                .file(
                        "docs/proofs.md",
                        "`ChainTest`, `ChainTest.holds`, `ChainTest.breaks` and `LinkIT`; ChainIT is prose, `OF_A_UNIT` a code\n")
                .file("docs/adr/0001-of-its-day.md", "`GoneTest` was it\n");

        assertThat(new NamedTestRule().violations(planted.product()))
                .containsExactly(
                        "docs/proofs.md: there is no test ChainTest.breaks", "docs/proofs.md: there is no test LinkIT");
    }

    @Test
    void wordsOfSettingsAreEscaped() throws IOException {
        planted.java(CHAIN, "package io.sekimori.audit.chain; class Chain {}")
                .file(CHAIN + "/src/main/resources/OSGI-INF/l10n/chain_ja.properties", "name = 監査\n")
                .file(CHAIN + "/src/main/resources/OSGI-INF/l10n/chain.properties", "name = \\u76e3\n");

        assertThat(new MetatypeTextRule().violations(planted.product()))
                .containsExactly(CHAIN + ": chain_ja.properties has letters that are not escaped");
    }

    @Test
    void modulesOfModulesAreReadToo() throws IOException {
        planted.java("benchmarks", "package io.sekimori.benchmarks; class Any {}")
                .java(
                        "benchmarks/load",
                        "package io.sekimori.load; class Load { void f() throws Exception { Thread.sleep(1); } }")
                .product();
        planted.file("pom.xml", "<project><modules><module>benchmarks</module></modules></project>")
                .file("benchmarks/pom.xml", "<project><modules><module>load</module></modules></project>");

        assertThat(new ForbiddenCallRule().violations(Product.read(root))).hasSize(1);
    }

    @Test
    void aModuleThatWasNotCompiledIsNoGroundForAVerdict() throws IOException {
        planted.file("pom.xml", "<project><modules><module>bundles/trust</module></modules></project>")
                .file("bundles/trust/src/main/java/A.java", "class A {}");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Product.read(root)))
                .hasMessageContaining("was not compiled");
    }

    private void assertViolation(Rule rule, String text) throws IOException {
        assertThat(rule.violations(planted.product())).anyMatch(line -> line.contains(text));
    }
}
