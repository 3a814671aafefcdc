/** The status, looked at anew each time and signed with the device key. */
@NullMarked
package io.sekimori.status.signed;

import org.jspecify.annotations.NullMarked;
