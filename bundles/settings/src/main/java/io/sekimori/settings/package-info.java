/** This gateway's settings for its console: shown on request, changed by mandate and on trial. */
@NullMarked
package io.sekimori.settings;

import org.jspecify.annotations.NullMarked;
