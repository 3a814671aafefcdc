package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.sekimori.audit.AuditEntry;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Body;
import io.sekimori.web.Permission;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates are installed, followed and cancelled from the page: by whom may, audited, and of what was looked at alone. */
class UpdatesResourceTest {

    @TempDir
    Path folder;

    private LocalUpdates page;
    private FakeEngine engine;

    @BeforeEach
    void make() throws IOException {
        page = new LocalUpdates(folder);
        engine = page.engine;
    }

    /** Another stick may have a file of the same name, length and time: the engine is told what was looked at. */
    @Test
    void whatWasCheckedIsInstalledAndNothingElse() throws Exception {
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));
        String id = page.aPack();
        page.post("checkLocalPack", "pack", id);
        LocalUpdates.await(() -> page.check().get("state").equals("PLANNED"));
        assertThat(((Map<?, ?>) ((Map<?, ?>) page.check().get("plan")).get("signed")).get("sha256"))
                .isEqualTo(FakeEngine.PLAN.signed().sha256());

        assertThat(page.install(id).status()).isEqualTo(202);

        assertThat(engine.seen).contains(FakeEngine.PLAN.signed().sha256());
    }

    @Test
    void whatNobodyLookedAtIsNotInstalled() throws Exception {
        String id = page.aPack();

        LocalUpdates.assertRefused(409, LocalCode.NOT_CHECKED, () -> page.post("installLocalPack", "pack", id));
        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> page.resource.handle(
                        page.request("installLocalPack").sending(Map.of("pack", id, "sha256", "not a hash"))))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));

        assertThat(engine.applied).isNull();
        assertThat(page.audited).isEmpty();
    }

    @Test
    void whoInstallsAndWhoCancelsIsAuditedBeforeIt() throws Exception {
        page.install(page.aPack());
        page.post("cancelLocalTransition", "id", FakeEngine.ID);

        assertThat(page.audited)
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
                .containsExactly(
                        tuple("person:yui", "local.install", "update.zip"),
                        tuple("person:yui", "local.cancel", FakeEngine.ID));
        assertThat(page.audited).allSatisfy(entry -> assertThat(entry.detail()).containsKey("from"));
    }

    @Test
    void withoutAuditNothingIsInstalledAndGoingBackIsPossible() throws Exception {
        String id = page.aPack();
        page.install(id);
        page.resource.audit = null;

        LocalUpdates.assertRefused(503, UpdateCode.AUDIT_UNAVAILABLE, () -> page.install(id));
        assertThat(page.post("cancelLocalTransition", "id", FakeEngine.ID).status())
                .isEqualTo(202);
    }

    @Test
    void aTransitionIsFollowedAndCancelled() throws Exception {
        Response begun = page.install(page.aPack());
        assertThat(LocalUpdates.json(begun)).containsEntry("id", FakeEngine.ID);

        engine.progress("hashing");

        Map<?, ?> open = (Map<?, ?>) page.show().get("transition");
        assertThat(open.get("step")).isEqualTo("hashing");
        assertThat(open.get("person")).isEqualTo("yui");
        assertThat(open.get("channel")).isEqualTo("page");
        assertThat(page.post("cancelLocalTransition", "id", FakeEngine.ID).status())
                .isEqualTo(202);
        LocalUpdates.assertRefused(
                409, LocalCode.NOT_CANCELLABLE, () -> page.post("cancelLocalTransition", "id", "t-9"));
        LocalUpdates.assertRefused(409, UpdateCode.TRANSITION_OPEN, () -> page.upload("other.zip", "x"));
    }

    @Test
    void aTransitionOfSomebodyElseIsFollowedOnceForEachEngine() throws Exception {
        page.install(page.aPack());
        UpdatesResource next =
                new UpdatesResource(folder.resolve("data"), page.settings(), new Advice(List::of), Map::of);
        next.update = engine;
        for (int i = 0; i < 3; i++) {
            next.handle(page.request("showLocalUpdates"));
        }

        assertThat(engine.followed).isEqualTo(1);
    }

    @Test
    void whatTheEngineRefusesIsToldWithItsCode() throws Exception {
        engine.refusing = UpdateCode.UPDATES_DISABLED;

        Response answer = page.install(page.aPack());

        assertThat(answer.status()).isEqualTo(409);
        Body.Refused refused = (Body.Refused) answer.body();
        assertThat(refused.problem().code()).isEqualTo(LocalCode.NOT_STARTED);
        assertThat(refused.problem().facts().get("reason")).isEqualTo("UPDATES_DISABLED");
    }

    @Test
    void anOldVersionAnswersWhoStillAsksIt() throws Exception {
        page.resource.release();
        page.resource.update = null; // as Declarative Services does
        page.resource.audit = null;

        assertThat(page.upload("one.zip", "x").status()).isEqualTo(201);
        assertThat(page.packs()).hasSize(1);
    }

    @Test
    void withoutAnEngineNothingIsAnswered() {
        page.resource.update = null;

        assertThatExceptionOfType(WebException.class)
                .isThrownBy(page::show)
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void whoLooksNeedsViewAndWhoChangesNeedsOperate() {
        assertThat(page.resource.routes())
                .allSatisfy(route -> assertThat(route.permission())
                        .isEqualTo(route.method() == Route.Method.GET ? Permission.VIEW : Permission.OPERATE));
    }
}
