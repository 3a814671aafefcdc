package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.Logger;

/** Which configuration is in force when one comes that makes no sense. */
class LivePolicyTest {

    private final List<String> logged = new ArrayList<>();
    private final Logger log = (Logger) Proxy.newProxyInstance(
            LivePolicyTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                logged.add(method.getName());
                return null;
            });

    @Test
    void theFirstLeavesUpdatesToPeopleOnSite() {
        LivePolicy policy = new LivePolicy(config(Map.of("windows", new String[] {"at night"}, "tries", 7)), log);

        assertThat(policy.get().consent()).isEqualTo(Consent.Rules.BY_HAND);
        assertThat(policy.get().tries()).isEqualTo(7);
        assertThat(logged).containsExactly("error");
    }

    @Test
    void aLaterOneChangesNothing() {
        LivePolicy policy = new LivePolicy(config(Map.of("probation_seconds", 7)), log);
        Policy good = policy.get();

        policy.take(config(Map.of("probation_seconds", -1)));

        assertThat(policy.get()).isSameAs(good);
        assertThat(logged).containsExactly("error");
    }

    /** Who turned updates off must not find them on since somebody else mistyped a window before. */
    @Test
    void aLaterOneThatMakesNoSenseStillSwitchesOff() {
        LivePolicy policy = new LivePolicy(config(Map.of("probation_seconds", 7)), log);
        String[] wrong = {"at night"};

        policy.take(config(Map.of("windows", wrong, "install_automatic", false)));
        assertThat(policy.get().consent().installs()).isFalse();
        assertThat(policy.get().consent().downloads()).isTrue();
        assertThat(policy.get().enabled()).isTrue();

        policy.take(config(Map.of("windows", wrong, "enabled", false, "download_automatic", false)));
        assertThat(policy.get().enabled()).isFalse();
        assertThat(policy.get().consent().downloads()).isFalse();
        assertThat(policy.get().probation()).isEqualTo(Duration.ofSeconds(7));

        policy.take(config(Map.of("windows", wrong)));
        assertThat(policy.get().enabled()).as("nothing is switched on so").isFalse();
        assertThat(policy.get().consent().installs()).isFalse();
    }

    @Test
    void aLaterOneThatMakesSenseIsInForceAtOnce() {
        LivePolicy policy = new LivePolicy(config(Map.of("probation_seconds", 7)), log);

        policy.take(config(Map.of("probation_seconds", 8)));

        assertThat(policy.get().probation()).isEqualTo(Duration.ofSeconds(8));
        assertThat(logged).isEmpty();
    }

    private static Policy.Config config(Map<String, Object> values) {
        return (Policy.Config) Proxy.newProxyInstance(
                LivePolicyTest.class.getClassLoader(),
                new Class<?>[] {Policy.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
