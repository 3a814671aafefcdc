package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.config.ConfigCode;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyResourceTest {

    private static final Map<String, Object> OFF =
            Map.of("enabled", false, "downloadAutomatic", true, "installAutomatic", false);

    private final KeptPolicy kept = new KeptPolicy();
    private final FakeEngine engine = new FakeEngine();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final PolicyResource resource = new PolicyResource(new Advice(List::of));

    @BeforeEach
    void bind() {
        resource.configurations = kept;
        resource.update = engine;
        resource.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
    }

    @Test
    void everybodySignedInSeesItAndAnAdministratorAloneSetsIt() {
        assertThat(route("showLocalUpdatePolicy").permission()).isEqualTo(Permission.VIEW);
        assertThat(route("setLocalUpdatePolicy").permission()).isEqualTo(Permission.ADMINISTER);
    }

    @Test
    void whatNobodySetIsAsTheEngineHasItByItself() throws Exception {
        Response shown = show();

        assertThat(json(shown))
                .isEqualTo(Map.of("enabled", true, "downloadAutomatic", true, "installAutomatic", true, "site", true));
        assertThat(shown.headers()).containsEntry("ETag", "\"0\"");
    }

    @Test
    void whatIsSetIsAVersionOfTheConfigurationWithThePersonAndTheAuditHasWhatWasChosen() throws Exception {
        Response answer = set("\"0\"", OFF);

        assertThat(json(answer))
                .containsAllEntriesOf(OFF)
                .containsEntry("by", "site:yui")
                .containsEntry("reason", "on the gateway's own page");
        assertThat(answer.headers()).containsEntry("ETag", "\"1\"");
        assertThat(kept.values)
                .isEqualTo(Map.of("enabled", false, "download.automatic", true, "install.automatic", false));
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("person:yui");
            assertThat(entry.action()).isEqualTo("local.update-policy");
            assertThat(entry.subject()).isEqualTo("io.sekimori.update.engine");
            assertThat(entry.detail())
                    .isEqualTo(Map.of(
                            "enabled", "false",
                            "download.automatic", "true",
                            "install.automatic", "false",
                            "from", "127.0.0.1"));
        });
    }

    /** Without a console nobody else could. */
    @Test
    void whoTurnedUpdatesOffTurnsThemOnAgain() throws Exception {
        set("\"0\"", OFF);

        assertThat(json(set("\"1\"", with("enabled", true)))).containsEntry("enabled", true);
    }

    @Test
    void aPageThatIsOlderThanTheConsolesSettingOverwritesNothing() throws Exception {
        kept.elsewhere("person:bob", Map.of("install.automatic", false));

        assertStale("\"0\"");
        assertThat(audited).isEmpty();

        kept.beforeChange = () -> kept.elsewhere("person:bob", Map.of("enabled", true));
        assertStale("\"1\""); // meanwhile
        assertThat(kept.values).containsEntry("enabled", true);
    }

    @Test
    void whoDoesNotSayWhatTheySawIsRefused() {
        Problem problem = refusal(request("setLocalUpdatePolicy").sending(new HashMap<>(OFF)));

        assertThat(problem.status()).isEqualTo(428);
        assertThat(problem.code()).isEqualTo(WebCode.TAG_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled", "downloadAutomatic", "installAutomatic"})
    void aSwitchIsOnOrOff(String name) {
        Map<String, @Nullable Object> missing = new HashMap<>(OFF);
        missing.remove(name);
        List<Map<String, @Nullable Object>> bodies = List.of(missing, with(name, "true"), with(name, 1L));

        assertThat(bodies)
                .allSatisfy(body ->
                        assertThat(refusal(setting("\"0\"", body)).code()).isEqualTo(WebCode.BODY_INVALID));
        assertThat(kept.versions).isEmpty();
    }

    /** Floors, people, windows and who may update are not decided on site. */
    @ParameterizedTest
    @ValueSource(strings = {"update.by", "rollback.by", "windows", "pack.days", "defer.hours", "probation.seconds"})
    void nothingElseOfTheConfigurationIsSetHere(String name) {
        assertThat(refusal(setting("\"0\"", with(name, "console"))).code()).isEqualTo(WebCode.BODY_INVALID);
        assertThat(kept.versions).isEmpty();
    }

    @Test
    void whereUpdatingWasTakenFromPeopleOnSiteTheySeeItAndDoNotSetIt() throws Exception {
        kept.elsewhere("person:bob", Map.of("update.by", List.of("console"), "enabled", false));

        assertThat(json(show())).containsEntry("site", false).containsEntry("enabled", false);
        assertThat(problem(set("\"1\"", with("enabled", true))).code()).isEqualTo(LocalCode.POLICY_NOT_FOR_SITE);
        assertThat(kept.values).containsEntry("enabled", false);
        assertThat(audited).isEmpty();
    }

    /** What goes back takes configurations back with it. */
    @Test
    void nothingIsSetWhileAnUpdateIsUnderWay() throws Exception {
        engine.open = new OpenTransition("t-1", 42, 43, Phase.PROBATION, Instant.EPOCH, new Origin("bob", "console"));

        Problem problem = problem(set("\"0\"", OFF));

        assertThat(problem.code()).isEqualTo(LocalCode.POLICY_NOT_CHANGED);
        assertThat(problem.facts().get("reason")).isEqualTo(UpdateCode.TRANSITION_OPEN.name());
        assertThat(kept.versions).isEmpty();
    }

    @Test
    void whatIsNotKeptIsNotSaidToBeSet() throws Exception {
        kept.refusing = ConfigCode.HISTORY_UNWRITABLE;

        Problem problem = problem(set("\"0\"", OFF));

        assertThat(problem.code()).isEqualTo(LocalCode.POLICY_NOT_CHANGED);
        assertThat(problem.facts().get("reason")).isEqualTo("HISTORY_UNWRITABLE");
        assertThat(json(show())).containsEntry("enabled", true);
    }

    @Test
    void withoutAnAuditNothingIsSet() {
        resource.audit = null;
        assertThat(refusal(setting("\"0\"", new HashMap<>(OFF))).code()).isEqualTo(UpdateCode.AUDIT_UNAVAILABLE);

        resource.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
        };
        assertThat(refusal(setting("\"0\"", new HashMap<>(OFF))).code()).isEqualTo(AuditCode.AUDIT_UNWRITABLE);
        assertThat(kept.versions).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNeitherShownNorSet() {
        kept.readable = false;

        Problem problem = refusal(request("showLocalUpdatePolicy"));

        assertThat(problem.code()).isEqualTo(ConfigCode.HISTORY_UNREADABLE);
        assertThat(problem.detail()).doesNotContain("/var");
        assertThat(refusal(setting("\"0\"", new HashMap<>(OFF))).status()).isEqualTo(503);
    }

    @Test
    void aPartThatIsAwayIsSaidToBeAndOneThatWentJustNowStillServes() throws Exception {
        resource.release();
        resource.configurations = null;
        resource.update = null;
        resource.audit = null;
        assertThat(json(set("\"0\"", OFF))).containsEntry("enabled", false);

        kept.described = false;
        assertThat(refusal(request("showLocalUpdatePolicy")).code()).isEqualTo(WebCode.PART_ABSENT);
        PolicyResource alone = new PolicyResource(new Advice(List::of));
        WebException e = catchThrowableOfType(
                WebException.class, () -> alone.handle(Request.of(route("showLocalUpdatePolicy"), person())));
        assertThat(e.problem().code()).isEqualTo(WebCode.PART_ABSENT);
    }

    private void assertStale(String tag) {
        Problem problem = refusal(setting(tag, new HashMap<>(OFF)));
        assertThat(problem.status()).isEqualTo(412);
        assertThat(problem.code()).isEqualTo(WebCode.TAG_STALE);
    }

    private static Map<String, @Nullable Object> with(String name, Object value) {
        Map<String, @Nullable Object> body = new HashMap<>(OFF);
        body.put(name, value);
        return body;
    }

    private Response show() throws WebException {
        return resource.handle(request("showLocalUpdatePolicy"));
    }

    private Response set(String tag, Map<String, ?> body) throws WebException {
        return resource.handle(setting(tag, new HashMap<>(body)));
    }

    private Request setting(String tag, Map<String, @Nullable Object> body) {
        return request("setLocalUpdatePolicy").header("if-match", tag).sending(body);
    }

    private Problem refusal(Request request) {
        return catchThrowableOfType(WebException.class, () -> resource.handle(request))
                .problem();
    }

    private Request request(String name) {
        return Request.of(route(name), person());
    }

    private static Caller person() {
        return new Caller.Person("yui", "s", Set.of(Permission.VIEW, Permission.ADMINISTER));
    }

    private Route route(String name) {
        return resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> json(Response response) {
        return new HashMap<>(((Body.Json) response.body()).value());
    }

    private static Problem problem(Response response) {
        return ((Body.Refused) response.body()).problem();
    }
}
