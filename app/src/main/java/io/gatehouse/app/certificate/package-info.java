/** The certificates that this process shows to others: read, watched over, and told of before they end. */
package io.gatehouse.app.certificate;
