// A letter's link and a card's square lead here with the code behind a "#": it fills the field and leaves the address at once.
const field = document.getElementById("code");
const code = decodeURIComponent(location.hash.slice(1));

if (field && /^[0-9A-Za-z-]{12,14}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
}
