package io.sekimori.web.jetty;

import io.sekimori.access.Access;
import io.sekimori.web.CallerCertificates;
import org.jspecify.annotations.Nullable;

/** The services of other bundles, as they are at one moment. */
interface Parts {

    /** The routes of now. */
    Table table();

    /** Who signs people in. */
    @Nullable
    Access access();

    /** Who knows gateways by their certificates. */
    @Nullable
    CallerCertificates certificates();
}
