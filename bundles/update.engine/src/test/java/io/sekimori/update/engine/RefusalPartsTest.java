package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.AdmitResult;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Unadmitted;
import io.sekimori.trust.Swap;
import io.sekimori.update.Plan;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Refusals that a real framework cannot easily be brought to, at the part that decides. */
class RefusalPartsTest {

    private static final String ENGINE = "engine";

    @TempDir
    private Path work;

    @Test
    void aDiskThatIsTooSmallIsRefusedInBytes() {
        refused(
                UpdateCode.DISK_FULL,
                () -> Staging.demand(new Plan.Disk(10, 30, 29), work),
                "30 bytes",
                "29 are free in " + work,
                "1 too few");
    }

    @Test
    void theSameVersionWithOtherBytesIsRefused() {
        GenerationBundle engine = Generations.bundle(ENGINE, 1, Swap.OVERLAP, 1);
        GenerationBundle old = Generations.bundle("app", 1, Swap.OVERLAP, 1);
        GenerationBundle forged = new GenerationBundle("app", old.version(), "f".repeat(64), 10, 2, 1, Swap.OVERLAP);

        Generation from = Generations.of(1, engine, old);
        Generation to = Generations.of(2, engine, forged);

        refused(UpdateCode.SAME_VERSION, () -> Preparation.demandChange(from, to, ENGINE), "app/1.0.0");
    }

    @Test
    void whatDoesNotResolveBesideWhatRunsIsRefused() {
        Rehearsed hot = new Rehearsed.Unresolved(Rehearsed.Stage.HOT, List.of("app/2.0.0: missing p"));

        refused(UpdateCode.UNRESOLVABLE_HOT, () -> Preparation.resolved(hot), "app/2.0.0: missing p");
    }

    @Test
    void aRehearsalThatFailsRefusesWithTheLaunchersCode() {
        assertThatThrownBy(() -> Preparation.resolved(new Rehearsed.Failed("REHEARSAL_FAILED", "no cache")))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason()).isEqualTo(new Reason("REHEARSAL_FAILED", "no cache")));
    }

    @Test
    void aBundleThatCannotBeInstalledIsRefused() {
        RunningBundles bundles = new RunningBundles(null, new RefusingAdmission());

        refused(
                UpdateCode.INSTALL_FAILED,
                () -> bundles.install(Generations.bundle("app", 1, Swap.OVERLAP, 1)),
                "app/1.0.0",
                "by test");
    }

    @Test
    void aLauncherThatCannotBeRunVerifiesNothing() throws Exception {
        Unit unit = new Unit(work);
        SlotFiles files = SlotFiles.of(Map.of("a.jar", "a".repeat(64)));
        Generation generation = Generations.of(2, files.id(), List.of(Generations.bundle("app", 1, Swap.OVERLAP, 1)));
        Files.createDirectories(unit.slot(files.id()));
        Files.write(unit.slot(files.id()).resolve("slot.json"), new Slot("/no/java/here", files).bytes());

        refused(
                UpdateCode.VERIFY_FAILED,
                () -> new LauncherVerify(unit, 1000).demand(generation, new Cancellation()),
                "cannot be run");
    }

    @Test
    void aLauncherThatRefusesIsHeard() throws Exception {
        Unit unit = new Unit(work);
        SlotFiles files = SlotFiles.of(Map.of("a.jar", "a".repeat(64)));
        Generation generation = Generations.of(2, files.id(), List.of(Generations.bundle("app", 1, Swap.OVERLAP, 1)));
        Files.createDirectories(unit.slot(files.id()));
        Files.write(
                unit.slot(files.id()).resolve("slot.json"), new Slot(System.getProperty("java.home"), files).bytes());

        refused(
                UpdateCode.VERIFY_FAILED,
                () -> new LauncherVerify(unit, 30_000).demand(generation, new Cancellation()),
                "exit code 1");
        try (var left = Files.list(unit.run())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCancelledVerificationEndsItsProcess() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.request(Reason.of(UpdateCode.CANCELLED, "by test"));

        refused(UpdateCode.CANCELLED, cancellation::check, "by test");
        assertThat(cancellation.close()).isFalse();
    }

    @Test
    void aCommitThatHasBegunCannotBeCancelled() {
        Cancellation cancellation = new Cancellation();

        assertThat(cancellation.close()).isTrue();
        assertThat(cancellation.request(Reason.of(UpdateCode.CANCELLED, "too late")))
                .isFalse();
        assertThat(cancellation.close()).isFalse();
    }

    private static void refused(UpdateCode code, ThrowingCallable call, String... says) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.reason().code()).isEqualTo(code.name());
            assertThat(stopped.reason().detail()).contains(says);
        });
    }

    private static final class RefusingAdmission implements Admission {

        @Override
        public AdmitResult admit(int generation) {
            return new AdmitResult.Refused("NOT_ADMITTED", "by test");
        }

        @Override
        public void dismiss(int generation) {
            // Nothing was admitted.
        }

        @Override
        public Bundle install(String sha256, int startLevel) throws BundleException {
            throw new BundleException("by test", BundleException.REJECTED_BY_HOOK);
        }

        @Override
        public void withdraw(Bundle bundle) {
            // Nothing was admitted.
        }

        @Override
        public void restore(Bundle bundle) {
            // Nothing was admitted.
        }

        @Override
        public boolean admitted(Bundle bundle) {
            return false;
        }

        @Override
        public Optional<String> sha256(Bundle bundle) {
            return Optional.empty();
        }

        @Override
        public List<Unadmitted> unadmitted() {
            return List.of();
        }
    }
}
