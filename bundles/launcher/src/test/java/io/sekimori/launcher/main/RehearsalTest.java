package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Rehearsed.Stage;
import io.sekimori.launcher.testbundles.Intruder;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generations resolved in a second framework within this process. */
class RehearsalTest {

    private static final OptionalInt ALONE = OptionalInt.empty();

    private final TestBundle api = TestBundle.of("test.api", "1.0.0").header("Export-Package", "test.api;version=1.0");
    private final TestBundle newerApi =
            TestBundle.of("test.api", "1.1.0").header("Export-Package", "test.api;version=1.1");
    private final TestBundle user =
            TestBundle.of("test.user", "1.0.0").header("Import-Package", "test.api;version=\"[1,2)\"");
    private final TestBundle newerUser =
            TestBundle.of("test.user", "2.0.0").header("Import-Package", "test.api;version=\"[1,2)\"");

    @TempDir
    private Path work;

    private TestUnit unit;
    private SecondFramework second;

    @BeforeEach
    void aUnit() throws Exception {
        unit = TestUnit.create(work);
        Files.createDirectories(work.resolve("scratch"));
        second = new SecondFramework(unit.unit(), new Scratch(work.resolve("scratch"), "test-"), new Lines(System.err));
    }

    @Test
    void coldIsTheWiringOfAGenerationAlone() throws Exception {
        unit.generation(1, api, user);

        Rehearsed.Resolved resolved = resolved(ALONE, 1);

        assertThat(resolved.cold().wires())
                .containsEntry("test.user/1.0.0", List.of("osgi.wiring.package;test.api -> test.api/1.0.0"))
                .containsEntry("test.api/1.0.0", List.of());
        assertThat(resolved.hotEqualsCold()).isTrue();
    }

    @Test
    void aReplacedConsumerEndsInTheWiringOfAColdStart() throws Exception {
        unit.generation(1, api, user);
        unit.generation(2, api, newerUser);

        Rehearsed.Resolved resolved = resolved(OptionalInt.of(1), 2);

        assertThat(resolved.hotEqualsCold()).isTrue();
        assertThat(resolved.hot().wires()).containsOnlyKeys("test.api/1.0.0", "test.user/2.0.0");
    }

    @Test
    void whoStaysOnAnApiThatGoesAwayNeedsARefresh() throws Exception {
        unit.generation(1, api, user);
        unit.generation(2, newerApi, user);

        Rehearsed.Resolved resolved = resolved(OptionalInt.of(1), 2);

        assertThat(resolved.pendingRefresh()).containsExactly("test.user/1.0.0");
        assertThat(resolved.hotEqualsCold()).isFalse();
        assertThat(resolved.hot().differences(resolved.cold()))
                .containsExactly(
                        "+ test.user/1.0.0: osgi.wiring.package;test.api -> test.api/1.1.0",
                        "- test.user/1.0.0: osgi.wiring.package;test.api -> test.api/1.0.0");
    }

    @Test
    void whatGoesAwayIsHiddenFromWhatComes() throws Exception {
        unit.generation(1, newerApi, user);
        unit.generation(2, api, newerUser);

        Rehearsed.Resolved resolved = resolved(OptionalInt.of(1), 2);

        assertThat(resolved.hot().wires().get("test.user/2.0.0"))
                .containsExactly("osgi.wiring.package;test.api -> test.api/1.0.0");
    }

    @Test
    void aFragmentForAHostThatRunsGivesAnotherWiringThanAColdStart() throws Exception {
        TestBundle fragment = TestBundle.of("test.fragment", "1.0.0").header("Fragment-Host", "test.api");
        unit.generation(1, api);
        unit.generation(2, api, fragment);

        Rehearsed rehearsed = second.rehearse(OptionalInt.of(1), 2);

        assertThat(rehearsed)
                .isInstanceOfSatisfying(
                        Rehearsed.Unresolved.class,
                        unresolved -> assertThat(unresolved.stage()).isEqualTo(Stage.HOT));
    }

    @Test
    void aSingletonIsReplacedByItsSuccessor() throws Exception {
        unit.generation(1, singleton("1.0.0"));
        unit.generation(2, singleton("2.0.0"));

        assertThat(resolved(OptionalInt.of(1), 2).hotEqualsCold()).isTrue();
    }

    private static TestBundle singleton(String version) {
        return TestBundle.of("test.only", version).header("Bundle-SymbolicName", "test.only;singleton:=true");
    }

    @Test
    void theResolversReasonNamesWhatIsMissing() throws Exception {
        unit.generation(1, user);

        assertThat(second.rehearse(ALONE, 1)).isInstanceOfSatisfying(Rehearsed.Unresolved.class, unresolved -> {
            assertThat(unresolved.stage()).isEqualTo(Stage.COLD);
            assertThat(unresolved.reasons())
                    .singleElement()
                    .asString()
                    .contains("test.user/1.0.0")
                    .contains("test.api");
        });
    }

    @Test
    void noCodeOfABundleRunsAndNothingIsLeft() throws Exception {
        unit.generation(1, TestBundle.of("test.active", "1.0.0").activator(Intruder.class));

        resolved(ALONE, 1);

        assertThat(work.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aGenerationThatIsNotThereCannotBeRehearsed() {
        assertThat(second.rehearse(ALONE, 9))
                .isInstanceOfSatisfying(
                        Rehearsed.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(LauncherCode.REHEARSAL_FAILED.name()));
    }

    @Test
    void servicesAndTheRuntimeDoNotCount() throws Exception {
        TestBundle needsServices = TestBundle.of("test.services", "1.0.0")
                .header(
                        "Require-Capability",
                        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\","
                                + "osgi.service;filter:=\"(objectClass=test.Service)\";effective:=active");
        unit.generation(1, needsServices);

        assertThat(resolved(ALONE, 1).cold().wires()).isEqualTo(Map.of("test.services/1.0.0", List.of()));
    }

    private Rehearsed.Resolved resolved(OptionalInt from, int to) {
        Rehearsed rehearsed = second.rehearse(from, to);
        assertThat(rehearsed).isInstanceOf(Rehearsed.Resolved.class);
        return (Rehearsed.Resolved) rehearsed;
    }
}
