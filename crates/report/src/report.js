"use strict";
(() => {
  const root = document.documentElement;
  const button = document.getElementById("language");
  const show = (language) => {
    root.dataset.language = language;
    root.lang = language;
    button.textContent = language === "zh" ? "English" : "中文";
    button.lang = language === "zh" ? "en" : "zh";
  };
  button.addEventListener("click", () => show(root.dataset.language === "zh" ? "en" : "zh"));
  if (navigator.language.startsWith("zh")) show("zh");
})();
