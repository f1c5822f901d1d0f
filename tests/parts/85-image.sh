# The container image, built line by line and run as the manifests say (with --long)
source "$(dirname "$0")/../lib.sh"
only_with_long "it installs and builds everything anew, in some ten minutes"
part_needs python3-venv debootstrap

use_python k8s "pytest==8.3.4" "kubernetes-validate==1.37.0"
cd "$root"
status=0
python tests/k8s/run_dockerfile.py "$build/image" | tee "$build/logs/image.txt" || status=$?
((status != 77)) || skip "$(tail -n 1 "$build/logs/image.txt")"
exit $status
