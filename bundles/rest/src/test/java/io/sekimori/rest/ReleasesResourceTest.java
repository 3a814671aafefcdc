package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleasesResourceTest {

    /** A name that is the beginning of another sorts otherwise by itself than with what follows it in the key. */
    @Test
    void pagesNeitherSkipNorRepeatWhateverTheNamesBeginWith() throws Exception {
        ReleasesResource resource = new ReleasesResource();
        resource.releases = Faked.service(
                Releases.class,
                (method, arguments) -> List.of(
                        release("meter", 1), release("meter", 2), release("meter-x", 1), release("meter.ui", 1)));

        List<String> seen = new ArrayList<>();
        String after = "";
        while (after != null) {
            Response page = resource.handle(Asking.request(resource, "listReleases")
                    .where("after", after)
                    .where("limit", "1"));
            Map<String, ?> json = Asking.json(page);
            ((List<?>) json.get("items"))
                    .forEach(item ->
                            seen.add(((Map<?, ?>) item).get("symbolicName") + " " + ((Map<?, ?>) item).get("version")));
            after = (String) json.get("next");
        }

        assertThat(seen).containsExactlyInAnyOrder("meter 1.0.0", "meter 2.0.0", "meter-x 1.0.0", "meter.ui 1.0.0");
    }

    private static Release release(String name, long counter) {
        return new Release(
                name, counter + ".0.0", Release.Kind.BUNDLE, counter, 1, "overlap", 9, "a".repeat(64), List.of());
    }
}
