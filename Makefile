# The words of the workshop. Needs make, sh and Python 3.11–3.13; everything else goes into .venv,
# everything left behind into $(VAR). Words shown to whoever types them are in Chinese.

VAR := $(or $(VAR_DIR),var)
PORT ?= 8000
JOBS ?= auto
BIN := .venv/bin
export PYTHONPATH := site:.

# A machine as in earnest, for the checks: TLS, no demo, no debug, its own folder and keys.
IN_EARNEST = env -u DATABASE_URL -u REDIS_URL VAR_DIR=$(VAR)/check KEYS_DIR=$(abspath $(VAR)/check/keys) \
	INSECURE_HTTP=0 DEBUG=0 DEMO=0 ALLOWED_HOSTS=desk.example BASE_URL=https://desk.example

.DEFAULT_GOAL := help
.PHONY: help ready demo demo-reset wheels test bench texts lint lint-style lint-imports lint-types lint-site

help: ## 列出全部命令
	@echo '民声台 Minsheng Desk'
	@awk -F ' *## ' '/^[a-z-]+:.*## /{sub(/:.*/, "", $$1); printf "  make %-11s %s\n", $$1, $$2}' Makefile

ready:
	@.ci/prepare

demo: ready ## 安装并启动演示站（PORT=8000；只听本机；按 Ctrl+C 停止）
	@mkdir -p $(VAR)
	@[ -e $(VAR)/minsheng.sqlite3 ] || echo 'make demo-reset 只清空带有此文件的目录' >$(VAR)/demo-data
	@VAR_DIR=$(VAR) PORT=$(PORT) BASE_URL=http://127.0.0.1:$(PORT) DEMO=1 INSECURE_HTTP=1 \
		$(BIN)/python manage.py demo \
		|| { code=$$?; [ $$code -ge 128 ] || echo '✗ 演示站没有启动成功：请看上面最后一行的说明；换端口用 make demo PORT=8001，从头再来用 make demo-reset' >&2; exit $$code; }

demo-reset: ## 清空演示数据（数据库、密钥、图片、附件）后重新启动；演示站运行中则拒绝
	@VAR=$(VAR) .ci/forget-demo
	@$(MAKE) --no-print-directory demo

wheels: ## 下载离线安装包到 var/wheels，供没有网络的同型机器 make demo
	@.ci/prepare wheels

test: ready ## 全部测试；默认 SQLite，DATABASE_URL=postgres://… 则用 PostgreSQL；ARGS=… 交给 pytest
	@VAR_DIR=$(VAR)/test $(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: lint-style lint-imports lint-types lint-site ## 代码检查：格式、引用方向、类型、迁移、上线检查（make -k lint 一次看完）

lint-style: ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lint-imports: ready
	$(BIN)/lint-imports

lint-types: ready
	VAR_DIR=$(VAR)/check $(BIN)/mypy

lint-site: ready
	@$(IN_EARNEST) $(BIN)/python manage.py make_keys >/dev/null
	$(IN_EARNEST) $(BIN)/python manage.py makemigrations --check --dry-run
	$(IN_EARNEST) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: ready ## 性能比值（规模用变量给出，如 ROWS=100000；数据缓存在 var/bench）
	@VAR_DIR=$(VAR)/bench $(BIN)/python -m benchmarks $(ARGS)

texts: ready ## 编译译文（site/config/locale 与补充的 Wagtail 译文）
	@$(BIN)/python -m config.texts
