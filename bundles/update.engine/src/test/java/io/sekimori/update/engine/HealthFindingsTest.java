package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.engine.HealthChecks.Finding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** What is made of the answers of health checks, and of those that give none. */
class HealthFindingsTest {

    private final Map<ServiceReference<HealthCheck>, HealthCheck> registered = new LinkedHashMap<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Bundle bundle = bundle("app");
    private HealthChecks checks = new HealthChecks(context(), 2_000);

    @AfterEach
    void close() {
        never.countDown();
        checks.close();
    }

    @Test
    void okAndWarnAreWellAndOnlyPatienceIsLater() {
        Map<Result.Status, List<Boolean>> expected = Map.of(
                Result.Status.OK, List.of(true, false),
                Result.Status.WARN, List.of(true, false),
                Result.Status.TEMPORARILY_UNAVAILABLE, List.of(false, true),
                Result.Status.CRITICAL, List.of(false, false),
                Result.Status.HEALTH_CHECK_ERROR, List.of(false, false));
        assertThat(expected).containsOnlyKeys(Result.Status.values());

        expected.forEach((status, wellAndLater) -> {
            Finding finding = only(() -> new Result(status, "as it is"));
            assertThat(List.of(finding.well(), finding.later()))
                    .as("%s", status)
                    .isEqualTo(wellAndLater);
            assertThat(finding.says()).isEqualTo(status + ": as it is");
        });
    }

    @Test
    void onlyWhatBelongsToTheVerdictIsSaidAndNotAtAnyLength() {
        ResultLog log = new ResultLog();
        log.add(new ResultLog.Entry(Result.Status.OK, "nothing here"));
        log.add(new ResultLog.Entry(Result.Status.WARN, "x".repeat(293)));
        log.add(new ResultLog.Entry(Result.Status.WARN, "y"));
        log.add(new ResultLog.Entry(Result.Status.WARN, "too much"));

        // "WARN: " and what is behind it are 299, and with one more 302.
        assertThat(only(() -> new Result(log)).says()).isEqualTo("WARN: " + "x".repeat(293) + ": y");
        ResultLog longer = new ResultLog();
        longer.add(new ResultLog.Entry(Result.Status.WARN, "x".repeat(294)));
        longer.add(new ResultLog.Entry(Result.Status.WARN, "too much"));
        assertThat(only(() -> new Result(longer)).says()).hasSize(300);
    }

    @Test
    void whoGivesNoAnswerInTimeIsAskedAgain() {
        checks.close();
        checks = new HealthChecks(context(), 50);

        Finding finding = only(() -> {
            await(never);
            return new Result(Result.Status.OK, "late");
        });

        assertThat(finding).isEqualTo(new Finding("app: health check", false, true, "no answer within 50 ms"));
    }

    @Test
    void aCheckIsCalledAsItCallsItself() {
        register(Map.of(HealthCheck.NAME, "disk", "component.name", "a.b.Disk"), bundle, this::fine);
        register(Map.of("component.name", "a.b.Memory"), bundle, this::fine);
        register(Map.of(), null, this::fine);

        assertThat(checks.well()).containsExactlyInAnyOrder("app: disk", "app: a.b.Memory", "?: health check");
        assertThat(checks.named(Set.of("app: disk", "gone")))
                .extracting(Finding::name)
                .containsExactly("app: disk");
    }

    @Test
    void theUnwellAreNotAmongTheWell() {
        register(Map.of(HealthCheck.NAME, "disk"), bundle, () -> new Result(Result.Status.CRITICAL, "full"));

        assertThat(checks.well()).isEmpty();
    }

    /** One that has gone meanwhile is no fault; one that is there and cannot be had is. */
    @Test
    void aCheckThatCannotBeHadIsAFindingUnlessItHasGone() {
        register(Map.of(HealthCheck.NAME, "broken"), bundle, null);
        register(Map.of(HealthCheck.NAME, "gone"), null, null);

        assertThat(checks.run(any -> true))
                .containsExactly(new Finding("app: broken", false, false, "the check cannot be had"));
    }

    @Test
    void noThreadOfACheckOutlivesTheQuestionOrKeepsTheProcess() throws Exception {
        AtomicReference<Thread> ran = new AtomicReference<>();
        register(Map.of(), bundle, () -> {
            ran.set(Thread.currentThread());
            return fine();
        });

        checks.well();

        assertThat(ran.get().isDaemon()).isTrue();
        ran.get().join(4_000);
        assertThat(ran.get().isAlive()).isFalse();
    }

    @Test
    void afterItsEndNothingIsWell() {
        checks.close();

        assertThat(only(this::fine)).isEqualTo(new Finding("app: health check", false, false, "too many checks hang"));
    }

    @Test
    void whoeverIsInterruptedStaysSo() {
        Thread.currentThread().interrupt();

        Finding finding = only(() -> {
            await(never);
            return fine();
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(finding.well()).isFalse();
        assertThat(finding.says()).isEqualTo("interrupted");
    }

    private Finding only(HealthCheck check) {
        registered.clear();
        register(Map.of(), bundle, check);
        List<Finding> findings = checks.of(bundle);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private Result fine() {
        return new Result(Result.Status.OK, "fine");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked") // a fake has no type argument
    private void register(Map<String, String> properties, Bundle owner, HealthCheck check) {
        Map<String, Fake.Answer> answers = new HashMap<>();
        answers.put("getBundle", arguments -> owner);
        answers.put("getProperty", arguments -> properties.get((String) arguments[0]));
        registered.put(Fake.of(ServiceReference.class, answers), check);
    }

    private BundleContext context() {
        return Fake.of(
                BundleContext.class,
                Map.of(
                        "getServiceReferences", arguments -> List.copyOf(registered.keySet()),
                        "getService", arguments -> registered.get((ServiceReference<?>) arguments[0]),
                        "ungetService", arguments -> true));
    }

    private static Bundle bundle(String symbolicName) {
        return Fake.of(Bundle.class, Map.of("getSymbolicName", arguments -> symbolicName));
    }
}
